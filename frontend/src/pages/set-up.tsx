import { SetUpPage } from "@/accounts/set-up-page";

export default SetUpPage;
