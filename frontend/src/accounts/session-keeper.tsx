import dynamic from "next/dynamic";
import { useEffect } from "react";

import { leaveForSignIn, useEndedSession, useSession } from "@/api/session";
import { persistently } from "@/ui/persistently";

const SignInAgain = dynamic(() => persistently(() => import("./sign-in-again").then((module) => module.SignInAgain)), { ssr: false });

/** Leads whom nobody knows to the sign-in page; over a page whose session has ended it asks to sign in again. */
export function SessionKeeper() {
  const user = useEndedSession();
  const isStranger = useSession()?.actor === "anonymous";
  useEffect(() => {
    if (isStranger) leaveForSignIn();
  }, [isStranger]);
  return user && <SignInAgain user={user} />;
}
