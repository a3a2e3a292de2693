import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect } from "react";

import { pageAfterSignIn, sessionQuery } from "@/api/session";
import { OnceHere, useParameters } from "@/ui/address";
import { ButtonLink } from "@/ui/button";
import { ErrorState, SkeletonRows } from "@/ui/states";
import { accounts } from "@/words/en/accounts";
import { useT } from "@/words/provider";

import { BarePage } from "./bare-page";
import { SignInForm } from "./sign-in-form";

export function SignInPage() {
  const t = useT(accounts);
  return (
    <BarePage title={t("sign_in.title")}>
      <OnceHere fallback={<SkeletonRows count={3} className="h-8" />}>
        <Ways />
      </OnceHere>
    </BarePage>
  );
}

function Ways() {
  const t = useT(accounts);
  const next = pageAfterSignIn(useParameters().get("next"));
  const { data: session, error, refetch, isFetching } = useQuery(sessionQuery);
  const isIn = session?.user !== null && session?.user !== undefined;

  // All is loaded anew, so that nothing of whoever was here before is shown.
  useEffect(() => {
    if (isIn) window.location.replace(next);
  }, [isIn, next]);

  if (session?.actor === "local") {
    return (
      <>
        <p className="text-sm">{t("sign_in.not_needed")}</p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink look="primary" href={next}>
            {t("sign_in.go_on")}
          </ButtonLink>
          <ButtonLink href="/set-up/">{t("local.set_up")}</ButtonLink>
        </div>
      </>
    );
  }
  if (!session && error) return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <>
      <SignInForm onSignedIn={() => window.location.replace(next)} />
      {session?.sign_in.providers.map((name) => (
        // The server leads from there to the provider: this is no page of ours.
        <a
          key={name}
          href={`/api/session/oidc?next=${encodeURIComponent(next)}`}
          className="border-edge hover:bg-hover inline-flex min-h-8 items-center justify-center rounded-md border px-3 text-sm font-medium"
        >
          {t("sign_in.by", { name })}
        </a>
      ))}
      <Link
        href="/forgotten-password/"
        prefetch={false}
        className="text-accent w-fit text-sm underline underline-offset-2"
      >
        {t("sign_in.forgotten")}
      </Link>
    </>
  );
}
