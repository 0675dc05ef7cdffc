"""OpenAI's own Python client. LOREBOX_URL is the base URL, LOREBOX_API_KEY a key."""

import os

import pytest
from openai import NotFoundError, OpenAI

ANSWER = "The pump needs oil every 90 days. [1]."
WORKSPACE = "workspace:machines"
QUESTION = "How often does the pump need oil?"

client = OpenAI(base_url=os.environ["LOREBOX_URL"], api_key=os.environ["LOREBOX_API_KEY"], max_retries=0)
messages = [{"role": "user", "content": QUESTION}]


def test_chat():
    message = client.chat.completions.create(model=WORKSPACE, messages=messages).choices[0].message
    assert message.content == ANSWER
    citation = message.annotations[0].url_citation
    assert message.content[citation.start_index : citation.end_index] == "[1]"
    assert citation.title == "Manual"
    stream = client.chat.completions.create(model=WORKSPACE, messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == ANSWER


def test_responses():
    response = client.responses.create(model=WORKSPACE, input=QUESTION)
    assert response.output_text == ANSWER
    assert response.output[0].content[0].annotations[0].url.endswith("/content")
    with client.responses.stream(model=WORKSPACE, input=QUESTION) as stream:
        types = [event.type for event in stream]
        assert stream.get_final_response().output_text == ANSWER
    assert types[0] == "response.created"
    assert types[-1] == "response.completed"


def test_unknown_model():
    with pytest.raises(NotFoundError, match="Available models: workspace:machines"):
        client.responses.create(model="gpt-5", input=QUESTION)


def test_files(tmp_path):
    store = client.vector_stores.create(name="Manuals")
    path = tmp_path / "varn.txt"
    path.write_text("The lighthouse at Cape Varn is 31 meters tall.")
    with path.open("rb") as file:
        attached = client.vector_stores.files.upload_and_poll(vector_store_id=store.id, file=file, poll_interval_ms=100)
    assert attached.status == "completed"
    assert client.files.content(attached.id).read() == path.read_bytes()
    found = client.vector_stores.search(store.id, query="How tall is the lighthouse?")
    assert found.data[0].file_id == attached.id
    assert client.vector_stores.files.delete(attached.id, vector_store_id=store.id).deleted
    assert client.vector_stores.update(store.id, name="Towers").name == "Towers"


def test_file_batches():
    store = client.vector_stores.create(name="Batch")
    files = [(f"{n}.txt", f"Page {n} is about herons.".encode()) for n in range(3)]
    batch = client.vector_stores.file_batches.upload_and_poll(store.id, files=files, poll_interval_ms=100)
    assert batch.status == "completed"
    assert batch.file_counts.completed == 3
    listed = client.vector_stores.file_batches.list_files(batch.id, vector_store_id=store.id)
    assert len(list(listed)) == 3
