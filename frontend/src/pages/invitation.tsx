import { InvitationPage } from "@/accounts/invitation-page";

export default InvitationPage;
