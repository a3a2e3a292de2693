import type { ReactNode } from "react";

import { classes } from "./classes";

export interface Column<Row> {
  name: string;
  /** Read by screen readers only, where what stands below it says enough to the eye. */
  isNameHidden?: boolean;
  isNumber?: boolean;
  /** From which width on it is shown, for what matters least. */
  from?: "md" | "lg" | "xl";
  cell: (row: Row) => ReactNode;
}

const FROM = { md: "hidden md:table-cell", lg: "hidden lg:table-cell", xl: "hidden xl:table-cell" } as const;

interface Props<Row> {
  /** What the table shows, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** Rows under named columns. Where it is wider than the screen, it scrolls in itself and takes focus for that. */
export function Table<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  return (
    // What scrolls must be reachable by keyboard.
    <div className="card overflow-x-auto" role="region" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-line text-muted border-b text-xs">
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={classes(
                  "px-3 py-2 font-medium whitespace-nowrap",
                  column.isNumber ? "text-right" : "text-left",
                  column.from && FROM[column.from],
                )}
              >
                {column.isNameHidden ? <span className="sr-only">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-line hover:bg-hover border-b last:border-0">
              {columns.map((column) => (
                <td
                  key={column.name}
                  className={classes(
                    "px-3 py-2 align-top",
                    column.isNumber && "numbers text-right",
                    column.from && FROM[column.from],
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
