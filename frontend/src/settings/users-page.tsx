import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { useMay, useSession } from "@/api/session";
import { ROLE_NAMES } from "@/accounts/roles";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { persistently } from "@/ui/persistently";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui/states";
import { Table } from "@/ui/table";
import { DateText } from "@/ui/values";
import { accounts } from "@/words/en/accounts";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { SettingsFrame } from "./frame";
import { Invitations } from "./invitations";

// What opens over the page loads when it does.
const AddUser = dynamic(() => persistently(() => import("./add-user").then((module) => module.AddUser)), { ssr: false });
const EditUser = dynamic(() => persistently(() => import("./edit-user").then((module) => module.EditUser)), { ssr: false });
const InviteUser = dynamic(() => persistently(() => import("./invite-user").then((module) => module.InviteUser)), { ssr: false });
const RemoveUser = dynamic(() => persistently(() => import("./remove-user").then((module) => module.RemoveUser)), { ssr: false });
const ResetLink = dynamic(() => persistently(() => import("./reset-link").then((module) => module.ResetLink)), { ssr: false });

export type User = Schemas["ListedUser"];

export function UsersPage() {
  const t = useT(settings, accounts);
  const [opened, setOpened] = useState<"invite" | "add" | null>(null);
  const close = () => setOpened(null);
  const session = useSession();
  return (
    <SettingsFrame
      title={t("users.title")}
      about={t("users.what")}
      needs="administrator"
      actions={
        session?.user && (
          <>
            <Button onClick={() => setOpened("add")}>{t("users.add")}</Button>
            <Button look="primary" onClick={() => setOpened("invite")}>
              <UserPlus aria-hidden className="size-4" />
              {t("invitations.invite")}
            </Button>
          </>
        )
      }
    >
      <Users />
      {session?.user && <Invitations />}
      {opened === "add" && <AddUser onClose={close} />}
      {opened === "invite" && <InviteUser onClose={close} />}
    </SettingsFrame>
  );
}

/** Whether a user is the only administrator who may sign in: then nobody could put things right. */
export function isLastAdministrator(user: User, users: readonly User[]): boolean {
  const others = users.filter((each) => each.id !== user.id && each.role === "administrator" && each.active);
  return user.role === "administrator" && user.active && others.length === 0;
}

function Users() {
  const t = useT(settings, accounts);
  const may = useMay("administrator");
  const [edited, setEdited] = useState<User | null>(null);
  const [reset, setReset] = useState<User | null>(null);
  const [removed, setRemoved] = useState<User | null>(null);
  const users = useQuery({
    queryKey: ["users"],
    queryFn: ({ signal }) => answer(api.GET("/api/users", { signal })),
    enabled: may,
  });
  if (!users.data) {
    if (!users.error) return <SkeletonRows count={4} />;
    return <ErrorState error={users.error} onRetry={() => void users.refetch()} isRetrying={users.isFetching} />;
  }
  const items = users.data.items;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t("users.none")}
        actions={
          <ButtonLink look="primary" href="/set-up/">
            {t("local.set_up")}
          </ButtonLink>
        }
      >
        {t("users.none_what")}
      </EmptyState>
    );
  }
  return (
    <>
      <Table
        caption={t("users.title")}
        rows={items}
        keyOf={(user) => user.id}
        columns={[
          { name: t("users.who"), cell: (user) => <Who user={user} /> },
          { name: t("account.role"), from: "md", cell: (user) => t(ROLE_NAMES[user.role]) },
          {
            name: t("users.last_sign_in"),
            from: "md",
            cell: (user) =>
              user.last_sign_in_at ? <DateText at={user.last_sign_in_at} /> : t("users.never_signed_in"),
          },
          {
            name: t("actions"),
            isNameHidden: true,
            cell: (user) => (
              <div className="flex flex-wrap justify-end gap-1">
                <Button isSmall onClick={() => setEdited(user)} aria-label={t("users.edit_of", { name: user.name })}>
                  {t("users.edit")}
                </Button>
                {user.active && (
                  <Button isSmall onClick={() => setReset(user)} aria-label={t("users.reset_of", { name: user.name })}>
                    {t("users.reset")}
                  </Button>
                )}
                <Button
                  isSmall
                  look="danger"
                  onClick={() => setRemoved(user)}
                  aria-label={t("users.remove_of", { name: user.name })}
                >
                  {t("users.remove")}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {edited && (
        <EditUser user={edited} isLast={isLastAdministrator(edited, items)} onClose={() => setEdited(null)} />
      )}
      {reset && <ResetLink user={reset} onClose={() => setReset(null)} />}
      {removed && (
        <RemoveUser user={removed} isLast={isLastAdministrator(removed, items)} onClose={() => setRemoved(null)} />
      )}
    </>
  );
}

function Who({ user }: { user: User }) {
  const t = useT(settings, accounts);
  const isMe = useSession()?.user?.id === user.id;
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-1.5 font-medium">
        {user.name}
        {isMe && <Badge tone="accent">{t("users.you")}</Badge>}
        {!user.active && <Badge tone="warn">{t("users.disabled")}</Badge>}
        {!user.has_password && <Badge>{t("users.no_password")}</Badge>}
      </span>
      <span className="text-muted text-xs break-all">{user.email}</span>
      <span className="text-muted text-xs md:hidden">{t(ROLE_NAMES[user.role])}</span>
    </div>
  );
}
