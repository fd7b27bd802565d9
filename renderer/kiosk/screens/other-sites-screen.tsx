import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import type { StateAt } from "../state/state.ts";
import styles from "./topics-screen.module.css";

/** Topics that only other sites offer: the visitor learns where to go. */
export default function OtherSitesScreen({ state }: { state: StateAt<"other-sites"> }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("otherSites.title")} />
				</Heading>
				<p className={styles.hint}>{t("otherSites.hint")}</p>
			</div>
			<TopicTiles
				topics={topics[state.language]?.otherSites ?? []}
				page={state.page}
				onSelect={(topic) => dispatch({ type: "topic-selected", topic })}
				onMore={(page) => dispatch({ type: "page-turned", page })}
			/>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="search" />} onPress={() => dispatch({ type: "search-opened" })}>
					{t("search.open")}
				</Button>
			</div>
		</main>
	);
}
