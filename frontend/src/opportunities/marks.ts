import { queryOptions, useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";

import { answer, api, type Schemas } from "@/api/client";
import { sentenceOf } from "@/ui/states";
import { tell } from "@/ui/toast";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

export type Mark = Schemas["Mark"]["state"];
/** One's marks, by opportunity. What is not marked is not there, or null. */
export type Marks = Readonly<Record<string, Mark | null>>;

const KEY = ["triage", "marks"] as const;

function marksQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: [...KEY, ids],
    queryFn: async ({ signal }): Promise<Marks> => {
      const told = await answer(api.GET("/api/triage", { params: { query: { id: [...ids] } }, signal }));
      return Object.fromEntries(told.items.map((mark) => [mark.opportunity_id, mark.state]));
    },
    enabled: ids.length > 0,
  });
}

/** Return one's marks on calls that are shown, asked for page by page. */
export function useMarks(pages: readonly (readonly string[])[]): Marks {
  return useQueries({
    queries: pages.map((ids) => marksQuery(ids)),
    combine: (answers) => Object.assign({}, ...answers.map((each) => each.data ?? {})) as Marks,
  });
}

interface Change {
  id: string;
  title: string;
  from: Mark | null;
  to: Mark | null;
}

/** Mark calls. A mark shows at once; where the server does not take it, it is taken back and told. */
export function useMarking() {
  const t = useT(opportunities);
  const queries = useQueryClient();
  const last = useRef<Change>(null);
  const wanted = useRef(new Map<string, Mark | null>());

  const show = useCallback(
    (id: string, mark: Mark | null) =>
      queries.setQueriesData<Marks>({ queryKey: KEY }, (before) => before && { ...before, [id]: mark }),
    [queries],
  );
  const { mutate } = useMutation({
    mutationFn: async ({ id, to }: Change) => {
      const params = { path: { opportunity_id: id } };
      if (to === null) await answer(api.DELETE("/api/triage/{opportunity_id}", { params }));
      else await answer(api.PUT("/api/triage/{opportunity_id}", { params, body: { state: to } }));
    },
    onMutate: async ({ id, to }) => {
      wanted.current.set(id, to);
      await queries.cancelQueries({ queryKey: KEY });
      show(id, to);
    },
    onError: (error, { id, from }) => {
      wanted.current.set(id, from);
      show(id, from);
      tell(sentenceOf(error, t), "failed");
    },
    onSettled: async (_data, _error, { id }) => {
      // A list that came meanwhile asked what is marked before the mark was kept: its answer may not know it.
      await queries.cancelQueries({ queryKey: KEY });
      show(id, wanted.current.get(id) ?? null);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["triage", "list"] }),
        // Who marks before it is known what is marked ended that question: it is asked anew, and knows the mark.
        queries.refetchQueries({ queryKey: KEY, predicate: ({ state }) => state.data === undefined }),
      ]);
    },
  });

  const takeBack = useCallback(
    (done: Change) => {
      if (last.current === done) last.current = null;
      mutate({ ...done, from: done.to, to: done.from });
    },
    [mutate],
  );
  const undo = useCallback(() => {
    if (last.current) takeBack(last.current);
  }, [takeBack]);
  const mark = useCallback(
    (change: Change) => {
      last.current = change;
      mutate(change);
      const said = change.to === "starred" ? "triage.was_starred" : change.to ? "triage.was_ignored" : "triage.was_taken";
      tell(t(said, { title: change.title }), "done", { name: t("triage.undo"), act: () => takeBack(change) });
    },
    [mutate, t, takeBack],
  );
  return { mark, undo };
}
