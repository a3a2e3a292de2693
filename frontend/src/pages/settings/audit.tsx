import { AuditPage } from "@/settings/audit-page";

export default AuditPage;
