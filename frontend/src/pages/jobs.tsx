import { JobsPage } from "@/jobs/page";

export default JobsPage;
