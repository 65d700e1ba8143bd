#!/usr/bin/env python3
"""
Portable ZGW API benchmark (stdlib only). Measures latency and throughput of a fixed set of
requests against any implementation of the Dutch ZGW APIs (Zaken, Documenten, Catalogi).

  zgw_bench.py http://localhost:8511 --client-id bench --secret ... [options]

The component roots default to  <base>/zaken/api/v1, <base>/catalogi/api/v1, <base>/documenten/api/v1
and can each be set (--zaken URL, --catalogi URL, --documenten URL). Nothing is hard coded about the
data: catalogus, zaaktypen, statustypen, informatieobjecttypen and sample zaken are discovered.

Optional server-side figures (only when the server runs on this machine):
  --pid NAME=PID        sum user+system CPU of that process and its descendants, per request (repeatable)
  --pgss 'psql ... -d db'   psql command prefix of a superuser; counts SQL statements per request
                        through pg_stat_statements (the extension must exist in that database)

Output: a table on stdout, and JSON with --json FILE.

Origin: the script with which Open Zaak 1.30 was measured before this project began, copied unchanged below this
docstring. It must stay the same, or the two columns of docs/performance.md are no longer comparable.
"""
# mypy: ignore-errors
import argparse, base64, hashlib, hmac, http.client, json, os, random, shlex, subprocess, sys, threading, time
from urllib.parse import urlsplit, quote, urlencode

RSIN = "517439943"


def b64(b):
    return base64.urlsafe_b64encode(b).rstrip(b"=")


def make_jwt(client_id, secret, user_id="bench", user_repr="Bench"):
    head = b64(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
    body = b64(json.dumps({"iss": client_id, "iat": int(time.time()), "client_id": client_id,
                           "user_id": user_id, "user_representation": user_repr}).encode())
    sig = hmac.new(secret.encode(), head + b"." + body, hashlib.sha256).digest()
    return (head + b"." + body + b"." + b64(sig)).decode()


class Client:
    """One keep-alive connection per thread. A fresh JWT (iat) is made every 5 minutes."""

    def __init__(self, client_id, secret, host_header=None, timeout=120, extra_headers=None):
        self.cid, self.secret, self.timeout = client_id, secret, timeout
        self.host_header = host_header
        self.extra = extra_headers or {}
        self.local = threading.local()
        self._tok = (0, "")

    def token(self):
        t, tok = self._tok
        if time.time() - t > 300:
            tok = make_jwt(self.cid, self.secret)
            self._tok = (time.time(), tok)
        return tok

    def raw(self, method, url, body=None, headers=None):
        u = urlsplit(url)
        key = (u.scheme, u.netloc)
        conns = self.local.__dict__.setdefault("conns", {})
        path = u.path + ("?" + u.query if u.query else "")
        h = {"Authorization": "Bearer " + self.token(), "Accept": "application/json",
             "Accept-Crs": "EPSG:4326", **self.extra}
        if self.host_header:
            h["Host"] = self.host_header
        if body is not None:
            h["Content-Type"] = "application/json"
            h["Content-Crs"] = "EPSG:4326"
        h.update(headers or {})
        for attempt in (0, 1):
            c = conns.get(key)
            fresh = c is None
            if fresh:
                cls = http.client.HTTPSConnection if u.scheme == "https" else http.client.HTTPConnection
                c = conns[key] = cls(u.netloc, timeout=self.timeout)
            try:
                c.request(method, path, body=body, headers=h)
                r = c.getresponse()
                data = r.read()
                if r.will_close:
                    c.close(); conns.pop(key, None)
                return r.status, data, r
            except (http.client.HTTPException, ConnectionError, OSError):
                c.close(); conns.pop(key, None)
                if fresh or attempt:
                    raise

    def json(self, method, url, obj=None, expect=(200, 201, 204), headers=None):
        st, data, _ = self.raw(method, url, json.dumps(obj).encode() if obj is not None else None, headers)
        if st not in expect:
            raise RuntimeError(f"{method} {url} -> {st}: {data[:1500].decode('utf8', 'replace')}")
        return json.loads(data) if data else None

    def get(self, url, **params):
        return self.json("GET", url + ("?" + urlencode(params) if params else ""))

    def all(self, url, limit=None, **params):
        out, page = [], 1
        while True:
            d = self.get(url, **{**params, **({"page": page} if page > 1 else {})})
            if isinstance(d, list):
                return d
            out += d["results"]
            if not d.get("next") or (limit and len(out) >= limit):
                return out
            page += 1


# ---------------------------------------------------------------- server-side counters
def tree_cpu(pid):
    """user+system CPU seconds of a process tree, including exited children that were reaped"""
    tck = os.sysconf("SC_CLK_TCK")
    kids, stats = {}, {}
    for d in os.listdir("/proc"):
        if d.isdigit():
            try:
                s = open(f"/proc/{d}/stat").read()
            except OSError:
                continue
            f = s[s.rindex(")") + 2:].split()
            kids.setdefault(int(f[1]), []).append(int(d))
            stats[int(d)] = sum(map(int, f[11:15])) / tck
    tot, todo = 0.0, [pid]
    while todo:
        p = todo.pop()
        tot += stats.get(p, 0.0)
        todo += kids.get(p, [])
    return tot


TXN = "^(begin|commit|savepoint|release|rollback|set |reset|show|discard|deallocate|start transaction|select pg_stat_statements)"


class PgSS:
    def __init__(self, cmd):
        self.cmd = shlex.split(cmd)

    def q(self, sql):
        r = subprocess.run(self.cmd + ["-X", "-A", "-t", "-q", "-c", sql], capture_output=True, text=True)
        if r.returncode:
            raise RuntimeError(r.stderr)
        return r.stdout.strip()

    def reset(self):
        self.q("select pg_stat_statements_reset()")

    def read(self):
        return [float(x or 0) for x in self.q(
            "select coalesce(sum(calls),0), coalesce(sum(calls) filter (where query !~* '%s'),0), "
            "coalesce(sum(total_exec_time) filter (where query !~* '%s'),0) from pg_stat_statements s "
            "join pg_database d on d.oid=s.dbid where d.datname=current_database()" % (TXN, TXN)).split("|")]


def pct(v, p):
    v = sorted(v)
    return v[min(len(v) - 1, max(0, round(p / 100 * len(v) + 0.5) - 1))]


def measure(fn, conc, duration, min_n, max_n, ok):
    """fn(i) -> status. Runs until duration seconds have passed and at least min_n requests were made."""
    lat, errs, sizes, lock, counter = [], {}, [0], threading.Lock(), [0]
    t0 = time.perf_counter()

    def worker():
        while True:
            with lock:
                i = counter[0]
                el = time.perf_counter() - t0
                if i >= max_n or (el > duration and i >= min_n) or el > 6 * duration:
                    return
                counter[0] += 1
            a = time.perf_counter()
            try:
                st, data, _ = fn(i)
            except Exception as e:  # noqa
                st, data = type(e).__name__, b""
            b = time.perf_counter()
            with lock:
                if st in ok:
                    lat.append((b - a) * 1000); sizes[0] += len(data)
                else:
                    k = f"{st}"
                    errs.setdefault(k, [0, data[:300].decode("utf8", "replace")])[0] += 1

    ts = [threading.Thread(target=worker) for _ in range(conc)]
    [t.start() for t in ts]; [t.join() for t in ts]
    wall = time.perf_counter() - t0
    n = len(lat)
    if not n:
        return {"n": 0, "errors": errs}
    return {"n": n, "p50": pct(lat, 50), "p95": pct(lat, 95), "mean": sum(lat) / n, "min": min(lat), "max": max(lat),
            "rps": n / wall, "bytes": sizes[0] // n, "errors": errs}


# ---------------------------------------------------------------- scenarios
def discover(c, A):
    D = {}
    zts = c.all(A.catalogi + "/zaaktypen", limit=100, status="definitief")
    if not zts:
        sys.exit("no published zaaktype found; load data first")
    # pick the zaaktype with most zaken (first page of 5 types)
    best = None
    for zt in zts[:5]:
        n = c.get(A.zaken + "/zaken", zaaktype=zt["url"]).get("count", 0)
        if best is None or n > best[0]:
            best = (n, zt)
    D["zt"], D["zt_count"] = best[1], best[0]
    D["zaaktype"] = best[1]["url"]
    sts = c.all(A.catalogi + "/statustypen", zaaktype=D["zaaktype"], status="alles")
    D["statustypen"] = [s["url"] for s in sorted(sts, key=lambda s: s["volgnummer"])]
    D["iots"] = [i["url"] for i in c.all(A.catalogi + "/informatieobjecttypen", limit=100, status="definitief")]
    lst = c.get(A.zaken + "/zaken")
    D["count"] = lst.get("count")
    D["pages"] = max(1, -(-D["count"] // max(1, len(lst["results"]))))
    # sample zaken from several pages
    sample = list(lst["results"])
    for p in {max(1, D["pages"] * k // 10) for k in range(1, 10)}:
        sample += c.get(A.zaken + "/zaken", page=p)["results"]
    D["sample"] = [(z["url"], z["identificatie"], z["uuid"], z["startdatum"]) for z in sample]
    D["own"] = [(z["url"], z["identificatie"]) for z in sample if z["zaaktype"] == D["zaaktype"] and not z.get("einddatum")]
    D["lastmod"] = sample[0]
    return D


POLY = {"type": "Polygon", "coordinates": [[[4.80, 52.33], [4.90, 52.33], [4.90, 52.38], [4.80, 52.38], [4.80, 52.33]]]}


def scenarios(c, A, D):
    rnd = random.Random(7)
    Z, K, DOC = A.zaken, A.catalogi, A.documenten
    B = lambda o: json.dumps(o).encode()
    inhoud = base64.b64encode(os.urandom(7680)).decode()      # 10,240 base64 characters
    inhoud10k = base64.b64encode(os.urandom(10240)).decode()  # 10 KiB file
    pick = lambda i: D["sample"][(i * 37) % len(D["sample"])]
    own = lambda i: D["own"][(i * 37) % len(D["own"])]
    zt_q = urlencode({"zaaktype": D["zaaktype"]})
    zoek_page = {"zaakgeometrie": {"within": POLY}}
    created = []

    def post_zaak(i):
        r = c.raw("POST", Z + "/zaken", B({
            "bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN, "zaaktype": D["zaaktype"],
            "startdatum": "2026-03-%02d" % (1 + i % 28), "omschrijving": f"bench {i}",
            "vertrouwelijkheidaanduiding": "openbaar",
            "zaakgeometrie": {"type": "Point", "coordinates": [round(4.7 + rnd.random() * .4, 5), round(52.2 + rnd.random() * .4, 5)]},
        }))
        if r[0] == 201:
            created.append(json.loads(r[1])["url"])
        return r

    run = "%x" % int(time.time())

    def post_status(i):
        t = time.time()
        z = created[i % len(created)] if created else own(i)[0]
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(t - 86400)) + ".%06dZ" % ((i * 7919) % 1000000)
        return c.raw("POST", Z + "/statussen", B({"zaak": z, "statustype": D["statustypen"][0],
                     "datumStatusGezet": when, "statustoelichting": "bench"}))

    def post_eio(i):
        return c.raw("POST", DOC + "/enkelvoudiginformatieobjecten", B({
            "bronorganisatie": RSIN, "creatiedatum": "2026-03-01", "titel": f"bench {run}-{i}", "auteur": "bench",
            "status": "definitief", "formaat": "text/plain", "taal": "nld", "bestandsnaam": "b.bin",
            "bestandsomvang": 10240, "inhoud": inhoud10k, "vertrouwelijkheidaanduiding": "openbaar",
            "informatieobjecttype": D["iots"][0], "indicatieGebruiksrecht": None}))

    def post_rol(i):
        z = created[i % len(created)] if created else own(i)[0]
        return c.raw("POST", Z + "/rollen", B({"zaak": z, "betrokkeneType": "medewerker", "roltype": D["roltype"],
                     "roltoelichting": "bench", "betrokkeneIdentificatie": {"identificatie": "m%d" % (i % 9999), "achternaam": "Bench"}}))

    g = lambda url: (lambda i: c.raw("GET", url))
    rt = c.all(K + "/roltypen", zaaktype=D["zaaktype"], status="alles")
    D["roltype"] = rt[0]["url"] if rt else None
    mid = max(1, D["pages"] // 2)
    d0 = D["sample"][len(D["sample"]) // 2][3]
    S = [
        # name, fn, ok statuses, is_write
        ("list_zaken", g(Z + "/zaken"), (200,), 0),
        ("list_zaken_midpage", g(Z + f"/zaken?page={mid}"), (200,), 0),
        ("filter_identificatie", lambda i: c.raw("GET", Z + "/zaken?identificatie=" + quote(pick(i)[1])), (200,), 0),
        ("filter_zaaktype", g(Z + "/zaken?" + zt_q), (200,), 0),
        ("filter_startdatum", g(Z + f"/zaken?startdatum__gte={d0[:8]}01&startdatum__lte={d0[:8]}28"), (200,), 0),
        ("filter_rol_bsn", lambda i: c.raw("GET", Z + "/zaken?rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=" + D["bsn"]), (200,), 0) if D.get("bsn") else None,
        ("list_zaken_expand", g(Z + "/zaken?expand=status,zaaktype,rollen"), (200,), 0),
        ("get_zaak", lambda i: c.raw("GET", pick(i)[0]), (200,), 0),
        ("get_zaak_expand", lambda i: c.raw("GET", pick(i)[0] + "?expand=status,zaaktype,rollen"), (200,), 0),
        ("list_zaaktypen", g(K + "/zaaktypen"), (200,), 0),
        ("list_statussen_zaak", lambda i: c.raw("GET", Z + "/statussen?" + urlencode({"zaak": pick(i)[0]})), (200,), 0),
        ("list_rollen_zaak", lambda i: c.raw("GET", Z + "/rollen?" + urlencode({"zaak": pick(i)[0]})), (200,), 0),
        ("list_zio_zaak", lambda i: c.raw("GET", Z + "/zaakinformatieobjecten?" + urlencode({"zaak": pick(i)[0]})), (200,), 0),
        ("list_documenten", g(DOC + "/enkelvoudiginformatieobjecten"), (200,), 0),
        ("zoek_within", lambda i: c.raw("POST", Z + "/zaken/_zoek", B(zoek_page)), (200,), 0),
        ("post_zaak", post_zaak, (201,), 1),
        ("post_status", post_status, (201,), 1),
        ("post_rol", post_rol, (201,), 1) if D["roltype"] else None,
        ("post_eio_10k", post_eio, (201,), 1) if D["iots"] else None,
        ("patch_zaak", lambda i: c.raw("PATCH", own(i)[0], B({"toelichting": f"bench {run} {i}"})), (200,), 1) if D["own"] else None,
    ]
    return [s for s in S if s]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("base")
    p.add_argument("--client-id", default="bench"); p.add_argument("--secret", required=True)
    p.add_argument("--zaken"); p.add_argument("--catalogi"); p.add_argument("--documenten")
    p.add_argument("--host-header", help="send this Host header (host-based tenants without DNS)")
    p.add_argument("--header", action="append", default=[], help="extra header NAME:VALUE on each request")
    p.add_argument("--conc", default="1,8"); p.add_argument("--duration", type=float, default=6, help="seconds per measurement")
    p.add_argument("--min-n", type=int, default=15); p.add_argument("--max-n", type=int, default=3000)
    p.add_argument("--repeat", type=int, default=2, help="repeat each; the run with the lowest p50 is reported, all are in the JSON")
    p.add_argument("--warmup", type=int, default=8)
    p.add_argument("--only", help="comma separated scenario names (or prefixes ending in *)")
    p.add_argument("--no-writes", action="store_true")
    p.add_argument("--bsn", help="BSN to use for the rol filter (discovered otherwise)")
    p.add_argument("--pid", action="append", default=[]); p.add_argument("--pgss")
    p.add_argument("--json"); p.add_argument("--label", default="")
    A = p.parse_args()
    base = A.base.rstrip("/")
    for comp in ("zaken", "catalogi", "documenten"):
        setattr(A, comp, (getattr(A, comp) or f"{base}/{comp}/api/v1").rstrip("/"))
    c = Client(A.client_id, A.secret, A.host_header, extra_headers=dict(h.split(":", 1) for h in A.header))
    D = discover(c, A)
    D["bsn"] = A.bsn
    if not A.bsn:
        for u, *_ in D["sample"][::40]:
            for r in c.all(A.zaken + "/rollen", limit=10, zaak=u):
                b = (r.get("betrokkeneIdentificatie") or {}).get("inpBsn")
                if b:
                    D["bsn"] = b; break
            if D["bsn"]:
                break
    pids = {k: int(v) for k, v in (x.split("=") for x in A.pid)}
    pg = PgSS(A.pgss) if A.pgss else None
    concs = [int(x) for x in A.conc.split(",")]
    print(f"# {A.label} {base}: {D['count']} zaken, {D['zt_count']} in the zaaktype used; {time.strftime('%F %T')}; load {os.getloadavg()[0]:.2f}", flush=True)
    hdr = f"{'scenario':22s} {'c':>2s} {'n':>5s} {'p50 ms':>8s} {'p95 ms':>8s} {'req/s':>8s} {'KB':>7s} " + " ".join(f"cpu_{k:>6s}" for k in pids) + (" sql  sql_all sqlms" if pg else "")
    print(hdr, flush=True)
    out = []
    want = A.only.split(",") if A.only else None
    for name, fn, ok, wr in scenarios(c, A, D):
        if want and not any(name == w or (w.endswith("*") and name.startswith(w[:-1])) for w in want):
            continue
        if wr and A.no_writes:
            continue
        best, slow = 1e9, False
        for i in range(A.warmup):
            a = time.perf_counter()
            st, data, _ = fn(100000 + i)
            best = min(best, time.perf_counter() - a)
            if st in ok and best > 1.0 and i >= 1:   # a slow request: fewer repetitions
                slow = True
                break
            if st not in ok:
                print(f"{name:22s} FAILED {st} {data[:400].decode('utf8','replace')}", flush=True)
                break
        if st in ok:
            sql = None
            if pg:  # sequential requests, counted
                pg.reset()
                k = 2 if slow else 10
                for i in range(k):
                    fn(200000 + i)
                time.sleep(0.3)
                a, b, ms = pg.read()
                sql = (b / k, a / k, ms / k)
            for conc in concs:
                runs = []
                for r in range(1 if slow else A.repeat):
                    cpu0 = {k: tree_cpu(v) for k, v in pids.items()}
                    off = (r + 1) * 1000000 + conc * 10000
                    m = measure(lambda i: fn(off + i), conc, A.duration, (4 if conc == 1 else conc) if slow else A.min_n, A.max_n, ok)
                    if not m["n"]:
                        print(f"{name:22s} {conc} ALL FAILED {m['errors']}"); continue
                    m["cpu_ms"] = {k: (tree_cpu(v) - cpu0[k]) * 1000 / m["n"] for k, v in pids.items()}
                    m["load"] = os.getloadavg()[0]
                    runs.append(m)
                if not runs:
                    continue
                m = min(runs, key=lambda x: x["p50"])
                out.append({"scenario": name, "conc": conc, **m, "sql": sql, "runs": runs})
                print(f"{name:22s} {conc:2d} {m['n']:5d} {m['p50']:8.1f} {m['p95']:8.1f} {m['rps']:8.1f} {m['bytes']/1024:7.1f} "
                      + " ".join(f"{m['cpu_ms'][k]:10.1f}" for k in pids)
                      + (f" {sql[0]:5.1f} {sql[1]:5.1f} {sql[2]:6.1f}" if sql else "")
                      + (f"  ERR {m['errors']}" if m["errors"] else ""), flush=True)
    if A.json:
        json.dump({"label": A.label, "base": base, "count": D["count"], "time": time.strftime("%F %T"), "results": out}, open(A.json, "w"), indent=1)


if __name__ == "__main__":
    main()
