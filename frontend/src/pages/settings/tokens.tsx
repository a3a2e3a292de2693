import { TokensPage } from "@/settings/tokens-page";

export default TokensPage;
