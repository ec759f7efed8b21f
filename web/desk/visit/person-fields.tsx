import type { JSX } from "preact";
import { BirthDateField } from "../../shared/parts/birth-date-field.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import type { NewPerson } from "./same-person.ts";

interface Props {
  person: NewPerson;
  change: (changed: Partial<NewPerson>) => void;
}

/** Who somebody is whom the clinic does not know yet. */
export function PersonFields({ person: { name, birthDate, phone }, change }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  return (
    <div class="fields">
      <Field
        label={words.say("name")}
        value={name}
        change={(text) => change({ name: text })}
        maxLength={200}
        isRequired
      />
      <BirthDateField value={birthDate} change={(text) => change({ birthDate: text })} today={desk.today()} isFirst />
      <Field
        label={words.say("phoneOptional")}
        type="tel"
        value={phone}
        change={(text) => change({ phone: text })}
        maxLength={40}
      />
    </div>
  );
}
