import { SessionsPage } from "@/settings/sessions-page";

export default SessionsPage;
