import { JobPage } from "@/jobs/one/page";

export default JobPage;
