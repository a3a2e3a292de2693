import { ForgottenPasswordPage } from "@/accounts/forgotten-password-page";

export default ForgottenPasswordPage;
