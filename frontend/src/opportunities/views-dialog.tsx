import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { Button, IconButton } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Failure } from "@/ui/failure";
import { Input } from "@/ui/field";
import { tell } from "@/ui/toast";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { viewsQuery } from "./queries";

/** One's saved views, each with its name to be changed and a button that deletes it. */
export default function ViewsDialog({ onClose }: { onClose: () => void }) {
  const t = useT(opportunities);
  const { data } = useQuery(viewsQuery);
  const views = data?.items ?? [];
  return (
    <Dialog isOpen onClose={onClose} title={t("views.title")} description={t("views.what")}>
      {views.length === 0 ? (
        <p className="text-muted text-sm">{t("views.none")}</p>
      ) : (
        <ul className="grid gap-3">
          {views.map((view) => (
            <SavedView key={view.id} view={view} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function SavedView({ view }: { view: Schemas["View"] }) {
  const t = useT(opportunities);
  const queries = useQueryClient();
  const [name, setName] = useState(view.name);
  const params = { path: { view_id: view.id } };
  const again = () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
  const rename = useMutation({
    mutationFn: () => answer(api.PATCH("/api/saved-views/{view_id}", { params, body: { name } })),
    onSuccess: async () => {
      tell(t("saved"));
      await again();
    },
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/saved-views/{view_id}", { params })),
    onSuccess: async () => {
      const put = () =>
        void answer(api.POST("/api/saved-views", { body: { name: view.name, query: view.query } })).then(again);
      tell(t("views.deleted", { name: view.name }), "done", { name: t("triage.undo"), act: put });
      await again();
    },
  });
  return (
    <li className="grid gap-1">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <div className="min-w-0 flex-1">
          <Input
            label={t("views.name_of", { name: view.name })}
            isLabelHidden
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <Button type="submit" disabled={name.trim() === view.name} isBusy={rename.isPending}>
          {t("views.rename")}
        </Button>
        <IconButton label={t("views.delete", { name: view.name })} onClick={() => remove.mutate()}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </form>
      <Failure error={rename.error ?? remove.error} />
    </li>
  );
}
