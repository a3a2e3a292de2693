import { Download, Plus, Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";

import { useMay, useSession } from "@/api/session";
import { useJobNews } from "@/jobs/live";
import { OnceHere, useParameters } from "@/ui/address";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Menu } from "@/ui/menu";
import { Page } from "@/ui/page";
import { persistently } from "@/ui/persistently";
import { SkeletonRows } from "@/ui/states";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { readAsked } from "./asked";
import type { Chosen } from "./importing/dialog";
import { WebsiteList } from "./list";
import { Toolbar } from "./toolbar";

const AddDialog = dynamic(() => persistently(() => import("./adding/dialog")), { ssr: false });
const ImportDialog = dynamic(() => persistently(() => import("./importing/dialog")), { ssr: false });

type Opened = "add" | "import";

/** What is watched, and how it is doing. */
export function WebsitesPage() {
  const t = useT(websites);
  const mayEdit = useMay("editor");
  const isKnown = useSession() !== undefined;
  const [open, setOpen] = useState<Opened | null>(null);
  // What was typed stays when a dialog is closed and opened again.
  const [everOpened, setEverOpened] = useState<ReadonlySet<Opened>>(new Set());
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const count = useRef(0);

  function choose(file: File | null): void {
    count.current += 1;
    setChosen(file && { file, number: count.current });
  }

  function show(which: Opened): void {
    setEverOpened(new Set([...everOpened, which]));
    setOpen(which);
  }

  return (
    <div
      onDragOver={(event) => {
        if (mayEdit && event.dataTransfer.types.includes("Files")) event.preventDefault();
      }}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (!file || !mayEdit) return;
        event.preventDefault();
        choose(file);
        show("import");
      }}
    >
      <Page
        title={t("nav.websites")}
        about={t("websites.about")}
        actions={
          <>
            <Menu
              label={
                <>
                  <Download aria-hidden className="text-muted size-4" />
                  {t("export")}
                </>
              }
              items={(["csv", "xlsx", "json"] as const).map((format) => ({
                name: t(`websites.export_${format}`),
                href: `/api/websites/export?format=${format}`,
              }))}
            />
            {(mayEdit || !isKnown) && (
              // Until one knows who is here, their places are kept.
              <div className={classes("contents", !isKnown && "invisible")}>
                <Button onClick={() => show("import")}>
                  <Upload aria-hidden className="text-muted size-4" />
                  {t("websites.import")}
                </Button>
                <Button look="primary" onClick={() => show("add")}>
                  <Plus aria-hidden className="size-4" />
                  {t("websites.add")}
                </Button>
              </div>
            )}
          </>
        }
      >
        <OnceHere fallback={<SkeletonRows />}>
          <Watched onAdd={() => show("add")} onImport={() => show("import")} />
        </OnceHere>
        {everOpened.has("add") && <AddDialog isOpen={open === "add"} onClose={() => setOpen(null)} />}
        {everOpened.has("import") && (
          <ImportDialog
            isOpen={open === "import"}
            onClose={() => setOpen(null)}
            chosen={chosen}
            onChoose={choose}
          />
        )}
      </Page>
    </div>
  );
}

function Watched({ onAdd, onImport }: { onAdd: () => void; onImport: () => void }) {
  const parameters = useParameters();
  const asked = readAsked(parameters);
  useJobNews({});
  return (
    <div className="grid gap-3">
      <Toolbar asked={asked} />
      <WebsiteList asked={asked} from={parameters.get("from")} onAdd={onAdd} onImport={onImport} />
    </div>
  );
}
