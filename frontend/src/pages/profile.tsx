import { ProfilePage } from "@/accounts/profile-page";

export default ProfilePage;
