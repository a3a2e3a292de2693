import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api } from "@/api/client";
import { sessionQuery } from "@/api/session";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/failure";
import { tell } from "@/ui/toast";
import { useT } from "@/words/provider";

import { NameInput } from "./person-fields";

export function OwnName({ name: known }: { name: string }) {
  const t = useT();
  const queries = useQueryClient();
  const [name, setName] = useState(known);
  const change = useMutation({
    mutationFn: () => answer(api.PATCH("/api/me", { body: { name } })),
    onSuccess: async () => {
      tell(t("saved"));
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <form
      className="grid gap-3 px-4 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <NameInput value={name} onChange={setName} error={change.error} />
      <Failure error={change.error} />
      <Button type="submit" className="justify-self-start" disabled={name.trim() === known} isBusy={change.isPending}>
        {t("save")}
      </Button>
    </form>
  );
}
