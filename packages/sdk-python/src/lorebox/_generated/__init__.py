"""Made from docs/openapi.json by scripts/gen/clients.ts."""
