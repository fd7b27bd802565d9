import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import type { Visit } from "../state/state.ts";
import styles from "./topics-screen.module.css";

/** What this site does not do, and others do: nobody leaves without knowing where to go. */
export default function OtherSitesScreen({ visit }: { visit: Visit & { at: "other-sites" } }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{t("otherSites.title")}</Heading>
				<p className={styles.hint}>{t("otherSites.hint")}</p>
			</div>
			<TopicTiles
				topics={topics[visit.language]?.otherSites ?? []}
				page={visit.page}
				onChoose={(topic) => dispatch({ type: "topic-chosen", topic })}
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
