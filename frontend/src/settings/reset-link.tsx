import { useMutation } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { DoneDialog, FormDialog } from "@/ui/form-dialog";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import { LinkToHandOn } from "./link-to-hand-on";
import type { User } from "./users-page";

/** Makes a link to a new password, for who has forgotten theirs and gets no e-mail from here. */
export function ResetLink({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useT(settings);
  const make = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/users/{user_id}/reset-link", { params: { path: { user_id: user.id } } })),
  });
  const title = t("users.reset_of", { name: user.name });
  if (make.data) {
    return (
      <DoneDialog onClose={onClose} title={title} does={t("close")}>
        <div className="grid gap-3 text-sm">
          <LinkToHandOn link={make.data.link} />
        </div>
      </DoneDialog>
    );
  }
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      does={t("users.reset_make")}
      onSubmit={() => make.mutate()}
      isBusy={make.isPending}
      error={make.error}
    >
      <p className="text-sm">{t("users.reset_what", { email: user.email })}</p>
    </FormDialog>
  );
}
