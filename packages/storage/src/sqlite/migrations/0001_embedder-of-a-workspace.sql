ALTER TABLE `workspaces` ADD `embedder` text;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `embedding_key` integer;--> statement-breakpoint
UPDATE `workspaces` SET `embedding_key` = (SELECT c.`embedding_key` FROM `chunks` c WHERE c.`workspace_id` = `workspaces`.`id` GROUP BY 1 ORDER BY count(*) DESC LIMIT 1);--> statement-breakpoint
DROP INDEX `chunks_workspace`;--> statement-breakpoint
ALTER TABLE `chunks` ADD `hash` blob;--> statement-breakpoint
CREATE INDEX `chunks_hash` ON `chunks` (`hash`);--> statement-breakpoint
CREATE INDEX `chunks_workspace` ON `chunks` (`workspace_id`,`key`);--> statement-breakpoint
ALTER TABLE `chunks` DROP COLUMN `embedding_key`;--> statement-breakpoint
ALTER TABLE `jobs` ADD `model_id` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `cursor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `done` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `message` text;--> statement-breakpoint
ALTER TABLE `embeddings` ADD `epoch` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `embeddings` SET `epoch` = lower(hex(randomblob(8)));
