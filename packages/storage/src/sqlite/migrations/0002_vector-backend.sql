CREATE TABLE `vector_backend` (
	`id` integer PRIMARY KEY NOT NULL,
	`target` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vector_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`embedding_key` integer NOT NULL,
	`chunk_key` integer,
	`document_id` text
);
--> statement-breakpoint
CREATE INDEX `vector_changes_workspace` ON `vector_changes` (`workspace_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `vector_syncs` (
	`workspace_id` text NOT NULL,
	`embedding_key` integer NOT NULL,
	`synced_key` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `embedding_key`)
);
--> statement-breakpoint
CREATE TRIGGER `vector_changes_metadata` AFTER UPDATE OF `metadata` ON `documents` WHEN old.`metadata` IS NOT new.`metadata` AND EXISTS (SELECT 1 FROM `vector_backend`) BEGIN INSERT INTO `vector_changes` (`workspace_id`, `embedding_key`, `document_id`) SELECT w.`id`, w.`embedding_key`, new.`id` FROM `workspaces` w WHERE w.`id` = new.`workspace_id` AND w.`embedding_key` IS NOT NULL; END;
