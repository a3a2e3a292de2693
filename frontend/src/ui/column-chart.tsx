import { useState } from "react";

import { useLocale, useT } from "@/words/provider";

import { Button } from "./button";
import { numberFormat } from "./formats";
import { Table } from "./table";

export interface ChartColumn {
  key: string;
  /** Below it, as short as can be. */
  name: string;
  /** In full, where there is room. */
  fullName: string;
  count: number;
}

interface Props {
  /** What is counted. */
  caption: string;
  /** What stands in the first column of the table. */
  nameOfColumns: string;
  nameOfCounts: string;
  columns: readonly ChartColumn[];
}

const MOST_NAMES = { short: 12, long: 5 } as const;
const SHORT = 5;

/** Counts as columns, or the same as a table for who reads it better. */
export function ColumnChart({ caption, nameOfColumns, nameOfCounts, columns }: Props) {
  const t = useT();
  const [isTable, setIsTable] = useState(false);
  return (
    <div className="grid gap-2 px-4 pb-4">
      {isTable ? (
        <div className="max-h-56 overflow-y-auto">
          <Table
            caption={caption}
            rows={columns}
            keyOf={(column) => column.key}
            columns={[
              { name: nameOfColumns, cell: (column) => column.fullName },
              { name: nameOfCounts, isNumber: true, cell: (column) => <Count count={column.count} /> },
            ]}
          />
        </div>
      ) : (
        <Columns caption={caption} columns={columns} />
      )}
      <Button look="quiet" isSmall className="justify-self-start" onClick={() => setIsTable(!isTable)}>
        {t(isTable ? "chart.as_chart" : "chart.as_table")}
        <span className="sr-only">: {caption}</span>
      </Button>
    </div>
  );
}

function Count({ count }: { count: number }) {
  return <>{numberFormat(useLocale()).format(count)}</>;
}

function Columns({ caption, columns }: Pick<Props, "caption" | "columns">) {
  const t = useT();
  const locale = useLocale();
  const numbers = numberFormat(locale, { notation: "compact" });
  const top = roundUp(Math.max(1, ...columns.map((column) => column.count)));
  const areShort = columns.every((column) => column.name.length <= SHORT);
  const every = Math.ceil(columns.length / (areShort ? MOST_NAMES.short : MOST_NAMES.long));
  const most = columns.reduce<ChartColumn | null>((best, each) => (best && best.count >= each.count ? best : each), null);
  const summary = most ? t("chart.most", { name: most.fullName, count: most.count }) : "";
  return (
    <div role="img" aria-label={`${caption}. ${summary}`} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <div className="text-muted numbers flex h-44 flex-col justify-between text-right text-2xs leading-none">
        {[top, top / 2, 0].map((count) => (
          <span key={count}>{numbers.format(count)}</span>
        ))}
      </div>
      <div className="relative h-44">
        <div className="absolute inset-x-0 inset-y-1 flex flex-col justify-between">
          {[0, 1, 2].map((line) => (
            <div key={line} className="border-line border-t" />
          ))}
        </div>
        <div className="absolute inset-x-0 inset-y-1 flex items-end gap-[max(1px,0.15rem)]">
          {columns.map((column) => (
            <div
              key={column.key}
              title={`${column.fullName}: ${numbers.format(column.count)}`}
              className="hover:bg-hover flex h-full min-w-0 flex-1 items-end"
            >
              <div
                className="bg-accent mx-auto w-full max-w-10 rounded-t-sm"
                style={{ height: `${(100 * column.count) / top}%` }}
              />
            </div>
          ))}
        </div>
      </div>
      <div />
      <div className="text-muted flex gap-[max(1px,0.15rem)] pt-1 text-2xs">
        {columns.map((column, index) => (
          <span key={column.key} className="flex min-w-0 flex-1 justify-center">
            {(columns.length - 1 - index) % every === 0 && <span className="w-max shrink-0">{column.name}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Return the next number that is even and easily read: 2, 4, 6, 10, 20, 40… */
function roundUp(count: number): number {
  const size = 10 ** Math.floor(Math.log10(count));
  const step = [1, 2, 4, 6, 10].find((each) => each * size >= count) ?? 10;
  return Math.max(2, step * size);
}
