import { SwitchesPage } from "@/settings/switches-page";

export default SwitchesPage;
