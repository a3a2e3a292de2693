import { Autocomplete } from "@base-ui/react/autocomplete";
import type { Ref } from "react";

import { classes } from "./classes";

interface Props {
  label: string;
  value: string;
  onType: (value: string) => void;
  /** Somebody pressed Enter, or chose a suggestion. */
  onSubmit: (value: string) => void;
  suggestions: readonly string[];
  /** Somebody wants no suggestions: Escape, or a click elsewhere. */
  onDismiss: () => void;
  placeholder?: string;
  className?: string;
  /** It takes the place of a field that had the focus. */
  takesFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** A text field that suggests how to go on. Whatever was typed counts; suggestions are only offers. */
export function Combobox({
  label,
  value,
  onType,
  onSubmit,
  suggestions,
  onDismiss,
  placeholder,
  className,
  takesFocus = false,
  ref,
}: Props) {
  return (
    <Autocomplete.Root
      items={suggestions}
      filter={null}
      // Not left to the field: it may take the place of one in which somebody types already.
      open={suggestions.length > 0}
      onOpenChange={(isOpen) => {
        if (!isOpen) onDismiss();
      }}
      value={value}
      onValueChange={(typed, details) => {
        onType(typed);
        if (details.reason === "item-press") onSubmit(typed);
      }}
    >
      <Autocomplete.Input
        ref={ref}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- only where it takes the place of what has the focus
        autoFocus={takesFocus}
        type="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={placeholder}
        className={classes("field", className)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.currentTarget.getAttribute("aria-activedescendant")) {
            onSubmit(event.currentTarget.value);
          }
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-50">
          <Autocomplete.Popup
            hidden={suggestions.length === 0}
            className="bg-raised border-line shadow-raised w-(--anchor-width) rounded-lg border py-1"
          >
            <Autocomplete.List>
              {(suggestion: string) => (
                <Autocomplete.Item
                  key={suggestion}
                  value={suggestion}
                  className="data-highlighted:bg-accent-soft cursor-pointer truncate px-3 py-1.5 text-sm"
                >
                  {suggestion}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
