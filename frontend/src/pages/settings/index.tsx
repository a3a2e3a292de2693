import { SettingsPage } from "@/settings/page";

export default SettingsPage;
