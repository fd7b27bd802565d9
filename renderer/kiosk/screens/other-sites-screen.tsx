import { Button } from "../components/button.tsx";
import { useKiosk, useTell, useWords } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import type { Visit } from "../state/state.ts";
import styles from "./topics-screen.module.css";

/** What this site does not do, and others do: nobody leaves without knowing where to go. */
export default function ElsewhereScreen({ visit }: { visit: Visit & { at: "elsewhere" } }) {
	const topics = useKiosk("topics");
	const { say } = useWords();
	const tell = useTell();
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{say("elsewhere.title")}</Heading>
				<p className={styles.hint}>{say("elsewhere.hint")}</p>
			</div>
			<TopicTiles
				topics={topics[visit.language]?.elsewhere ?? []}
				page={visit.page}
				onChoose={(topic) => tell({ type: "topic-chosen", topic })}
				onMore={(page) => tell({ type: "page-turned", page })}
			/>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
					{say("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="search" />} onPress={() => tell({ type: "search-opened" })}>
					{say("search.open")}
				</Button>
			</div>
		</main>
	);
}
