import { SignInPage } from "@/accounts/sign-in-page";

export default SignInPage;
