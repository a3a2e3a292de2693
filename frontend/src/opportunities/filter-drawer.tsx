import { Button } from "@/ui/button";
import { Drawer } from "@/ui/dialog";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

import { clearFilters } from "./active-filters";
import type { Asked } from "./asked";
import { FilterPanel } from "./filter-panel";

/** The filters on a screen that has no room for them beside the list. */
export default function FilterDrawer({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const t = useT(opportunities);
  return (
    <Drawer
      isOpen
      onClose={onClose}
      title={t("filter.title")}
      actions={
        <>
          <Button onClick={clearFilters}>{t("filter.clear")}</Button>
          <Button look="primary" onClick={onClose}>
            {t("filter.show")}
          </Button>
        </>
      }
    >
      <FilterPanel asked={asked} />
    </Drawer>
  );
}
