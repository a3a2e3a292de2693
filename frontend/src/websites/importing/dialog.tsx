import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileSpreadsheet, Upload } from "lucide-react";
import { useRef, useState } from "react";

import { answer, api } from "@/api/client";
import { changeAddress } from "@/ui/address";
import { Button } from "@/ui/button";
import { bytesText } from "@/ui/bytes";
import { classes } from "@/ui/classes";
import { Dialog } from "@/ui/dialog";
import { sentenceOf, SkeletonRows } from "@/ui/states";
import { Told } from "@/ui/told";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useLocale, useT } from "@/words/provider";

import { ReportView } from "./report";
import { saveSample } from "./sample";

const MOST_ROWS = 1_000;

async function send(file: File, dryRun: boolean) {
  const form = new FormData();
  form.append("file", file);
  return answer(
    api.POST("/api/websites/import", {
      params: { query: { dry_run: dryRun, most_rows: MOST_ROWS } },
      body: { file: "" },
      bodySerializer: () => form,
    }),
  );
}

/** A file that somebody chose, and the how many-eth: the same one may come again, mended. */
export interface Chosen {
  file: File;
  number: number;
}

interface Props {
  isOpen: boolean;
  onClose: () => void;
  chosen: Chosen | null;
  onChoose: (file: File | null) => void;
}

/** Take websites from a file: one sees first what would become of each row. */
export default function ImportDialog({ isOpen, onClose, chosen, onChoose }: Props) {
  const t = useT(websites);
  const locale = useLocale();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const file = chosen?.file ?? null;

  // A trial adds nothing, so it is asked for like whatever is only read, and comes again by itself.
  const trial = useQuery({
    queryKey: ["trial of a list", chosen?.number],
    queryFn: () => send(file ?? new File([], ""), true),
    enabled: file !== null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const take = useMutation({
    mutationFn: (list: File) => send(list, false),
    onSuccess: async (report) => {
      tell(t("importing.done", { count: report.added }));
      await queries.invalidateQueries({ queryKey: ["websites"] });
    },
  });

  function choose(list: File | null): void {
    take.reset();
    onChoose(list);
  }
  const again = () => choose(null);

  const report = take.data ?? trial.data;
  const failure = take.error ?? trial.error;
  return (
    <Dialog
      isWide
      isOpen={isOpen}
      onClose={onClose}
      title={t("importing.title")}
      description={t("importing.what")}
      actions={
        take.data ? (
          <>
            <Button onClick={again}>{t("importing.another")}</Button>
            <Button
              look="primary"
              onClick={() => {
                changeAddress({ sort: "newest", health: null, state: null, q: null, from: null });
                again();
                onClose();
              }}
            >
              {t("importing.show")}
            </Button>
          </>
        ) : trial.data && file ? (
          <>
            <Button onClick={again}>{t("importing.another")}</Button>
            <Button
              look="primary"
              disabled={trial.data.added === 0}
              isBusy={take.isPending}
              onClick={() => take.mutate(file)}
            >
              {t("importing.confirm", { count: trial.data.added })}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="grid gap-3">
        <input
          ref={picker}
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label={t("importing.choose")}
          accept=".csv,.xlsx,.json,.txt,text/csv,application/json"
          onChange={(event) => {
            const [list] = event.target.files ?? [];
            if (list) choose(list);
            // The same file may have been mended in the meantime.
            event.target.value = "";
          }}
        />
        {!report && (
          <div
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault();
              event.stopPropagation();
              setOver(false);
              const [list] = event.dataTransfer.files;
              if (list) choose(list);
            }}
            className={classes(
              "grid justify-items-center gap-2 rounded-lg border-2 border-dashed px-4 py-8 text-center",
              isOver ? "border-accent bg-accent-soft" : "border-edge",
            )}
          >
            <Upload aria-hidden className="text-muted size-6" />
            <p className="text-sm">{t("importing.drop")}</p>
            <Button look="primary" isBusy={trial.isLoading} onClick={() => picker.current?.click()}>
              {t("importing.choose")}
            </Button>
            <p className="text-muted max-w-prose text-xs">{t("importing.columns")}</p>
            <button type="button" onClick={saveSample} className="text-accent text-sm underline">
              {t("importing.sample")}
            </button>
          </div>
        )}
        {file && (
          <p className="text-muted flex items-center gap-2 text-sm">
            <FileSpreadsheet aria-hidden className="size-4" />
            {file.name} · {bytesText(file.size, locale)}
          </p>
        )}
        {failure && (
          <div role="alert" className="bg-bad-soft text-bad grid justify-items-start gap-2 rounded-lg px-3 py-2.5 text-sm">
            <Told>{sentenceOf(failure, t)}</Told>
            {file && (
              <Button isSmall onClick={() => (take.error ? take.mutate(file) : void trial.refetch())}>
                {t("error.try_now")}
              </Button>
            )}
          </div>
        )}
        {trial.isLoading && <SkeletonRows count={5} className="h-8" />}
        {report && <ReportView report={report} />}
      </div>
    </Dialog>
  );
}
