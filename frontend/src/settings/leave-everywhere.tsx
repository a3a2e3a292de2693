import { useMutation } from "@tanstack/react-query";

import { answer, api } from "@/api/client";
import { forgetSession } from "@/api/session";
import { Confirm } from "@/ui/confirm";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

export function LeaveEverywhere({ onClose }: { onClose: () => void }) {
  const t = useT(settings);
  const leave = useMutation({
    mutationFn: () => answer(api.DELETE("/api/sessions")),
    onSuccess: () => {
      forgetSession();
      window.location.assign("/sign-in/");
    },
  });
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t("sessions.end_all")}
      does={t("sessions.end_all")}
      onConfirm={() => leave.mutate()}
      isBusy={leave.isPending}
      error={leave.error}
    >
      <p>{t("sessions.end_all_what")}</p>
    </Confirm>
  );
}
