import { OpportunitiesPage } from "@/opportunities/page";

export default OpportunitiesPage;
