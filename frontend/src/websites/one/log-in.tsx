import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { persistently } from "@/ui/persistently";
import { ErrorState, Skeleton } from "@/ui/states";
import { tell } from "@/ui/toast";
import { Told } from "@/ui/told";
import { DateText } from "@/ui/values";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Website } from "../asked";
import { logInQuery } from "../queries";
import { draftOf, type Draft } from "./log-in-draft";
import { Pair, Section } from "./section";

const LogInForm = dynamic(() => persistently(() => import("./log-in-form")), { ssr: false });
const Confirm = dynamic(() => persistently(() => import("@/ui/confirm").then((loaded) => loaded.Confirm)), { ssr: false });

/** What a website knows us by: how that goes, and the means to set, test and forget it. Secrets only go in. */
export function LogIn({ website }: { website: Website }) {
  const t = useT(websites);
  const queries = useQueryClient();
  const { data: logIn, error, refetch, isFetching } = useQuery(logInQuery(website.id));
  const [open, setOpen] = useState<"form" | "removal" | null>(null);
  // What was typed stays when the window over the page is closed by a slip.
  const [draft, setDraft] = useState<Draft | null>(null);
  const params = { path: { website_id: website.id } };

  const test = useMutation({
    mutationFn: () => answer(api.POST("/api/websites/{website_id}/login/test", { params })),
    onSettled: (trial) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: logInQuery(website.id).queryKey }),
        trial?.job_id ? queries.invalidateQueries({ queryKey: ["jobs"] }) : null,
      ]),
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/websites/{website_id}/login", { params })),
    onSuccess: async () => {
      tell(t("login.removed"));
      setOpen(null);
      test.reset();
      await queries.invalidateQueries({ queryKey: logInQuery(website.id).queryKey });
    },
  });

  return (
    <Section title={t("login.title")} aside={logIn?.kind && <Badge>{t(`login.kind_${logIn.kind}`)}</Badge>}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {!logIn && !error && <Skeleton className="h-16" />}
      {logIn && (
        <>
          <p className="text-muted text-sm">{t(logIn.kind ? "login.what" : "login.none")}</p>
          {logIn.kind && <Kept logIn={logIn} />}
          <div className="flex flex-wrap gap-2">
            {logIn.kind && (
              <Button look="primary" isBusy={test.isPending} onClick={() => test.mutate()}>
                {t(test.isPending ? "login.testing" : "login.test")}
              </Button>
            )}
            <Button
              onClick={() => {
                setDraft(draft ?? draftOf(logIn));
                setOpen("form");
              }}
            >
              {t(logIn.kind ? "login.change" : "login.set")}
            </Button>
            {logIn.kind && (
              <Button look="danger" onClick={() => setOpen("removal")}>
                {t("login.remove")}
              </Button>
            )}
          </div>
          <div role="status" className="grid gap-2 text-sm empty:hidden">
            {test.isPending && <p className="text-muted">{t("login.wait")}</p>}
            {test.data && <Outcome trial={test.data} />}
          </div>
          {!test.isPending && <Failure error={test.error} />}
        </>
      )}
      {open === "form" && draft && (
        <LogInForm
          website={website}
          draft={draft}
          onChange={setDraft}
          onClose={() => setOpen(null)}
          onDone={() => {
            setDraft(null);
            setOpen(null);
            test.reset();
          }}
        />
      )}
      {open === "removal" && (
        <Confirm
          isOpen
          onClose={() => setOpen(null)}
          title={t("login.remove_title", { name: website.name })}
          does={t("login.remove")}
          onConfirm={() => remove.mutate()}
          isBusy={remove.isPending}
          error={remove.error}
        >
          <p>{t("login.remove_what")}</p>
        </Confirm>
      )}
    </Section>
  );
}

function Kept({ logIn }: { logIn: Schemas["LogIn"] }) {
  const t = useT(websites);
  return (
    <>
      {logIn.failed_reason && (
        <p className="text-bad text-sm">
          <Told>{logIn.failed_reason}</Told>
        </p>
      )}
      {logIn.is_given_up && <p className="text-sm">{t("login.given_up", { count: logIn.failures })}</p>}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
        <Pair name={t("login.set_at")}>{logIn.changed_at ? <DateText at={logIn.changed_at} /> : "–"}</Pair>
        <Pair name={t("login.used_at")}>
          {logIn.last_used_at ? <DateText at={logIn.last_used_at} /> : t("websites.never")}
        </Pair>
        <Pair name={t("login.let_in_at")}>
          {logIn.last_verified_at ? <DateText at={logIn.last_verified_at} /> : t("websites.never")}
        </Pair>
      </dl>
    </>
  );
}

function Outcome({ trial }: { trial: Schemas["LogInTrial"] }) {
  const t = useT(websites);
  if (!trial.is_let_in) {
    return (
      <p className="text-bad flex items-start gap-2">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {t("login.not_let_in")} <Told>{trial.error}</Told>
        </span>
      </p>
    );
  }
  return (
    <>
      <p className="text-good flex items-start gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {t("login.let_in")} {trial.title ?? t("login.no_title")} <span className="break-all">({trial.url})</span>
        </span>
      </p>
      {trial.remark && (
        <p className="text-warn">
          <Told>{trial.remark}</Told>
        </p>
      )}
      {trial.job_id && (
        <p>
          {t("login.goes_on")}{" "}
          <Link prefetch={false} href={`/job/?id=${trial.job_id}`} className="underline">
            {t("login.goes_on_show")}
          </Link>
        </p>
      )}
    </>
  );
}
