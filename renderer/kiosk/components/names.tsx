import { Fragment } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import { useLangOf } from "./context.ts";
import { Phrases } from "./phrases.tsx";

/** Topic names on one line. A name in another language than the page's has its own `lang`. */
export function Names({ topics }: { topics: readonly Pick<Topic, "id" | "name">[] }) {
	const langOf = useLangOf();
	return (
		<span>
			{topics.map(({ id, name }, place) => (
				<Fragment key={id}>
					{place > 0 && " + "}
					<span lang={langOf(name)}>
						<Phrases text={name} lang={langOf(name)} />
					</span>
				</Fragment>
			))}
		</span>
	);
}
