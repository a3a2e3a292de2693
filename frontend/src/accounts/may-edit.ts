import { useSession } from "@/api/session";

/** Whether who is here may change what is watched. The server judges; this is for what is shown. */
export function useMayEdit(): boolean {
  const session = useSession();
  return session?.actor === "local" || (session?.user?.role ?? "viewer") !== "viewer";
}
