import { NewPasswordPage } from "@/accounts/new-password-page";

export default NewPasswordPage;
