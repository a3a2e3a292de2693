import { WebsitePage } from "@/websites/one/page";

export default WebsitePage;
