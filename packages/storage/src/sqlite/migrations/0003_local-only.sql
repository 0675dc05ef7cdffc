ALTER TABLE `workspaces` ADD `lock_model` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `local_only` integer DEFAULT false NOT NULL;