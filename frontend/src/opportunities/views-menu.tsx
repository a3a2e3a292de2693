import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

import { goToQuery } from "@/ui/address";
import { Menu } from "@/ui/menu";
import { persistently } from "@/ui/persistently";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { writeAsked, type Asked } from "./asked";
import { viewsQuery } from "./queries";

const SaveView = dynamic(() => persistently(() => import("./save-view")), { ssr: false });
const ViewsDialog = dynamic(() => persistently(() => import("./views-dialog")), { ssr: false });

/** Searches that one kept by name: open one, keep this one, rename or delete them. */
export function ViewsMenu({ asked }: { asked: Asked }) {
  const t = useT(opportunities);
  const [open, setOpen] = useState<"save" | "manage" | null>(null);
  const { data } = useQuery(viewsQuery);
  const views = data?.items ?? [];
  const query = writeAsked(asked).toString();
  const here = views.find((view) => view.query === query);
  return (
    <>
      <Menu
        label={
          <>
            <Bookmark aria-hidden className="text-muted size-4" />
            <span className="max-w-40 truncate">{here?.name ?? t("views.title")}</span>
          </>
        }
        items={[
          ...views.map((view) => ({
            name: view.name,
            onChoose: () => goToQuery(view.query),
          })),
          ...(here ? [] : [{ name: t("views.save"), onChoose: () => setOpen("save") }]),
          ...(views.length > 0 ? [{ name: t("views.manage"), onChoose: () => setOpen("manage") }] : []),
        ]}
      />
      {open === "save" && <SaveView query={query} onClose={() => setOpen(null)} />}
      {open === "manage" && <ViewsDialog onClose={() => setOpen(null)} />}
    </>
  );
}
