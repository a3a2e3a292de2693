import { MarkedPage } from "@/opportunities/marked/page";

export default MarkedPage;
