import { UsersPage } from "@/settings/users-page";

export default UsersPage;
