"""A process of its own that asks for the access token, as another backend or worker does.

Each line on its standard input is an order, answered by a line: `current`, or `instead_of TOKEN`. Every order
is carried out ten times at once; the answer is a JSON list of the different tokens that came of it.
"""

import asyncio
import json
import sys

from backend.bootstrap import build
from backend.settings import load_settings

AT_ONCE = 10


async def main() -> None:
    parts = build(load_settings())
    tokens = parts.wechat.tokens
    print("ready", flush=True)
    while line := (await asyncio.to_thread(sys.stdin.readline)).split():
        order, *refused = line
        asked = (getattr(tokens, order)(*refused) for _ in range(AT_ONCE))
        print(json.dumps(sorted(set(await asyncio.gather(*asked)))), flush=True)
    await parts.wechat.api.close()
    await parts.house.database.close()


if __name__ == "__main__":
    asyncio.run(main())
