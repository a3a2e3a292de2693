import { useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Dialog } from "@/ui/dialog";
import { tell } from "@/ui/toast";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

import type { User } from "./users-page";

export function RemoveUser({ user, isLast, onClose }: { user: User; isLast: boolean; onClose: () => void }) {
  const t = useT(settings);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/users/{user_id}", { params: { path: { user_id: user.id } } })),
    onSuccess: async () => {
      tell(t("users.removed", { name: user.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const title = t("users.remove_of", { name: user.name });
  if (isLast) {
    return (
      <Dialog isOpen onClose={onClose} title={title} actions={<Button onClick={onClose}>{t("close")}</Button>}>
        <p className="text-sm">{t("users.last_administrator")}</p>
      </Dialog>
    );
  }
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={title}
      does={t("users.remove")}
      onConfirm={() => remove.mutate()}
      isBusy={remove.isPending}
      error={remove.error}
    >
      <p>{t("users.remove_what", { email: user.email })}</p>
    </Confirm>
  );
}
