"""Drives `suoyin mcp` with the official client of the protocol, and fails where something is not as it should be.

    python3 client.py MODE SUOYIN INDEX DIRECTORY

MODE is `legacy` for the handshake, or `auto` for the newest revision that both sides speak.
"""

import os
import sys
from pathlib import Path

import anyio
from mcp import Client, MCPError, StdioServerParameters, stdio_client

CALLS = 1000


def server_memory():
    """Resident kilobytes of the server, the only child of this process."""
    children = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    assert len(children) == 1, children
    status = Path(f"/proc/{children[0]}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


async def search(client, **arguments):
    result = await client.call_tool("search", arguments)
    assert not result.is_error, result
    return result


async def tools(client):
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == ["search", "read", "articles", "status"], listed
    assert all(tool.output_schema and tool.annotations.read_only_hint for tool in listed)
    status = (await client.call_tool("status", {})).structured_content
    assert status["articles"] == 4 and status["isCurrent"], status


async def search_and_read(client):
    # The client checks structured content against the tool's schema.
    result = await search(client, query="清华大学", limit=2)
    page = result.structured_content
    assert page["hits"] == 4 and page["relation"] == "eq" and page["nextOffset"] == 2, page
    rest = (await search(client, query="清华大学", offset=2)).structured_content
    assert [hit["rank"] for hit in page["results"] + rest["results"]] == [1, 2, 3, 4]
    assert page["results"][0]["citation"] in result.content[0].text
    traditional = (await search(client, query="团队", path="*.jsonl")).structured_content
    assert traditional["results"][0]["paragraph"]["text"] == "團(tuán)隊與人工智能", traditional
    read = await client.call_tool("read", {"article": "大学.txt", "paragraph": 2, "before": 1, "after": 1})
    assert [p["number"] for p in read.structured_content["paragraphs"]] == [1, 2, 3], read
    assert "> (articles/大学.txt:3, 大学.txt#2)\n清华大学计算机系招聘。" in read.content[0].text, read


async def mistakes(client):
    for name, arguments, message in [
        ("search", {"query": "清华", "limit": 0}, "limit is a whole number from 1 to 50"),
        ("search", {"query": '清华 "大学'}, "the quotation mark at character 4 of the query is never closed"),
        ("search", {}, "query is missing"),
        ("read", {"article": "/etc/passwd"}, 'no article "/etc/passwd"'),
    ]:
        result = await client.call_tool(name, arguments)
        assert result.is_error and message in result.content[0].text, result
    for call, codes in [
        (lambda: client.call_tool("remove", {}), {-32602}),
        (lambda: client.read_resource("suoyin://article/nobody"), {-32002, -32602}),
        (lambda: client.list_resources(cursor="x"), {-32602}),
        (lambda: client.list_prompts(), {-32601}),
    ]:
        try:
            raise AssertionError(await call())
        except MCPError as error:
            assert error.code in codes, error


async def resources(client):
    listed = (await client.list_resources()).resources
    assert [resource.name for resource in listed] == ["n1", "n2", "notes/模型.md", "大学.txt"], listed
    for resource in listed:
        contents = (await client.read_resource(str(resource.uri))).contents
        assert len(contents) == 1 and contents[0].text, contents
    assert contents[0].text.startswith("清华大学的一天\n\n清华大学计算机系"), contents
    templates = (await client.list_resource_templates()).resource_templates
    assert templates[0].uri_template == "suoyin://article/{id}", templates


async def cancelling(client):
    """Takes every second of many requests back; the others are answered, each with its own answer."""
    answered = []

    async def one(number, scope):
        with scope:
            result = await client.call_tool("read", {"article": "大学.txt", "paragraph": number % 3 + 1, "before": 0, "after": 0})
            assert result.structured_content["paragraphs"][0]["number"] == number % 3 + 1, result
            answered.append(number)

    scopes = [anyio.CancelScope() for _ in range(200)]
    async with anyio.create_task_group() as group:
        for number, scope in enumerate(scopes):
            group.start_soon(one, number, scope)
        await anyio.lowlevel.checkpoint()
        for scope in scopes[1::2]:
            scope.cancel()
    assert set(answered) >= set(range(0, 200, 2)), answered
    return 200 - len(answered)


async def many_calls(client):
    queries = ["清华大学", "字节跳动", "人工智能 NOT 招聘", "团队", "绝无此语", '"清华 招聘"~10', "py:qhdx"]
    memory = []
    for number in range(CALLS):
        if number % 2:
            await search(client, query=queries[number // 2 % len(queries)])
        else:
            assert not (await client.call_tool("read", {"article": "n1"})).is_error
        if number % 100 == 99:
            memory.append(server_memory())
    # What is taken at first stays; what would be lost by every call would show as megabytes.
    assert memory[-1] - memory[1] < 2048, memory
    return memory


async def main():
    mode, program, index, directory = sys.argv[1:]
    environment = {name: os.environ[name] for name in ["LD_LIBRARY_PATH"] if name in os.environ}
    parameters = StdioServerParameters(command=program, args=["mcp", "--index", index], env=environment, cwd=directory)
    with anyio.fail_after(100):
        async with Client(stdio_client(parameters), mode=mode) as client:
            expected = {"legacy": "2025-11-25", "auto": "2026-07-28"}[mode]
            assert client.protocol_version == expected, client.protocol_version
            assert client.server_info.name == "suoyin" and "keyword" in client.instructions
            if mode == "legacy":
                await client.send_ping()
            await tools(client)
            await search_and_read(client)
            await mistakes(client)
            await resources(client)
            cancelled = await cancelling(client)
            memory = await many_calls(client)
    print(f"{expected}: {cancelled} requests taken back; {CALLS} calls, resident kB {memory[0]} to {memory[-1]}")


anyio.run(main)
