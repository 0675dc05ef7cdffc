"""LangChain's standard tests of chat models and embeddings, over both of OpenAI's APIs."""

import os

from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langchain_tests.integration_tests import ChatModelIntegrationTests, EmbeddingsIntegrationTests

ACCESS = {"base_url": os.environ["LOREBOX_URL"], "api_key": os.environ["LOREBOX_API_KEY"]}


class TestChatCompletions(ChatModelIntegrationTests):
    @property
    def chat_model_class(self):
        return ChatOpenAI

    @property
    def chat_model_params(self):
        return {"model": "ollama:llama3.2", "use_responses_api": False, "stream_usage": True, **ACCESS}

    @property
    def supports_json_mode(self):
        return True

    @property
    def model_override_value(self):
        return "ollama:llama3.2:latest"


class TestResponses(TestChatCompletions):
    @property
    def chat_model_params(self):
        return {"model": "ollama:llama3.2", "use_responses_api": True, **ACCESS}


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self):
        return OpenAIEmbeddings

    @property
    def embedding_model_params(self):
        return {"model": "lorebox", "check_embedding_ctx_length": False, **ACCESS}
