import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { Input } from "@/ui/field";
import { FormDialog } from "@/ui/form-dialog";
import { tell } from "@/ui/toast";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { viewsQuery } from "./queries";

/** Keeps what is searched for under a name. */
export default function SaveView({ query, onClose }: { query: string; onClose: () => void }) {
  const t = useT(opportunities);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation({
    mutationFn: () => answer(api.POST("/api/saved-views", { body: { name, query } })),
    onSuccess: async (view) => {
      tell(t("views.saved", { name: view.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
    },
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t("views.save_title")}
      description={t("views.save_what")}
      does={t("save")}
      onSubmit={() => save.mutate()}
      isBusy={save.isPending}
      error={save.error}
    >
      <Input
        label={t("views.name")}
        required
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
