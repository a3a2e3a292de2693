import { OpportunityPage } from "@/opportunities/one/page";

export default OpportunityPage;
