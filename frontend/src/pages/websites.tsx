import { WebsitesPage } from "@/websites/page";

export default WebsitesPage;
