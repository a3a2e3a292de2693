import { AboutPage } from "@/settings/about-page";

export default AboutPage;
