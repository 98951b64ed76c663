"""A Stripe on loopback: enough of its API for Checkout, in the shapes of its own published examples."""

import copy
import gzip
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

# `../shared` beside the project, or beside whatever holds several copies of it.
HERE = Path(__file__).resolve()
FIXTURES = [parent / "shared/data/stripe/fixtures3_2026-08.json.gz" for parent in list(HERE.parents)[3:5]]


def examples() -> dict[str, Any]:
    for path in FIXTURES:
        if path.exists():
            return json.loads(gzip.decompress(path.read_bytes()))["resources"]
    pytest.skip(f"Stripe's example objects are not there: {FIXTURES[0]}")


class StripeServer:
    """Remembers sessions, intents and refunds. `down` answers 500, `slow` does not answer in time."""

    def __init__(self) -> None:
        self.examples = examples()
        self.sessions: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.by_key: dict[str, tuple[str, dict[str, Any]]] = {}
        self.calls: list[str] = []
        self.down = False
        self.slow = 0.0
        self.refund_status = "succeeded"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def example(self, name: str, **changes: Any) -> dict[str, Any]:
        return copy.deepcopy(self.examples[name]) | changes

    # ------------------------------------------------------------ the API
    def answer(self, method: str, path: str, form: dict[str, str], key: str) -> tuple[int, dict[str, Any]]:
        self.calls.append(f"{method} {path}")
        if self.slow:
            time.sleep(self.slow)
        if self.down:
            return 500, error("api_error", "Something is wrong on our side.")
        if method == "POST" and key and path in ("/v1/checkout/sessions", "/v1/refunds"):
            return self.once(key, path, form)
        parts = path.split("/")
        if path.startswith("/v1/payment_intents/"):
            found = self.sessions.get(parts[3].removeprefix("pi_"))
            return (200, self.intent(found)) if found else (404, error("invalid_request_error", "No such intent."))
        if path.startswith("/v1/refunds/"):
            return (200, self.refunds[parts[3]]) if parts[3] in self.refunds else (404, error("x", "No such refund."))
        if path == "/v1/refunds":
            return 200, {"object": "list", "data": list(self.refunds.values()), "has_more": False, "url": path}
        session = self.sessions.get(parts[4]) if path.startswith("/v1/checkout/sessions/") else None
        if session is None:
            return 404, error("invalid_request_error", "No such thing.")
        if path.endswith("/expire"):
            if session["status"] != "open":
                return 400, error("invalid_request_error", "Only open sessions can be expired.")
            session["status"] = "expired"
        return 200, session

    def once(self, key: str, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The same key brings the same answer; the same key with other parameters is an error."""
        body = json.dumps(form, sort_keys=True)
        if key in self.by_key:
            before, made = self.by_key[key]
            if before != body:
                return 400, error("idempotency_error", "Keys for idempotent requests can only be used once.")
            return 200, made
        status, made = self.make_session(form) if path.endswith("sessions") else self.make_refund(form)
        if status == 200:
            self.by_key[key] = (body, made)
        return status, made

    def make_session(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if any(name.startswith("payment_method_types") for name in form):
            return 400, error("invalid_request_error", "payment_method_types is not supported.")
        ahead = int(form["expires_at"]) - time.time()
        if not 30 * 60 <= ahead <= 24 * 3600:
            return 400, error("invalid_request_error", "expires_at must be 30 minutes to 24 hours ahead.")
        number = len(self.sessions) + 1
        amount = sum(
            int(form[f"line_items[{n}][price_data][unit_amount]"]) * int(form[f"line_items[{n}][quantity]"])
            for n in range(100)
            if f"line_items[{n}][quantity]" in form
        )
        session = self.example(
            "checkout.session",
            id=f"cs_test_{number}",
            amount_subtotal=amount,
            amount_total=amount,
            currency=form["line_items[0][price_data][currency]"],
            client_reference_id=form["client_reference_id"],
            customer_email=form["customer_email"],
            expires_at=int(form["expires_at"]),
            metadata={"order": form["metadata[order]"], "payment": form["metadata[payment]"]},
            payment_intent=None,
            payment_status="unpaid",
            status="open",
            success_url=form["success_url"],
            url=f"https://checkout.stripe.com/c/pay/cs_test_{number}",
        )
        self.sessions[session["id"]] = session
        return 200, session

    def make_refund(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        number = len(self.refunds) + 1
        refund = self.example(
            "refund",
            id=f"re_{number}",
            amount=int(form["amount"]),
            currency="eur",
            payment_intent=form["payment_intent"],
            metadata={"refund": form["metadata[refund]"]},
            status=self.refund_status,
        )
        self.refunds[refund["id"]] = refund
        return 200, refund

    # ------------------------------------------------------------ what shoppers do there
    def pay(self, session_id: str, **changes: Any) -> dict[str, Any]:
        """The shopper has paid; the session as it is now."""
        session = self.sessions[session_id]
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{session_id}"} | changes
        return session

    def intent(self, session: dict[str, Any], **changes: Any) -> dict[str, Any]:
        amount, currency = session["amount_total"], session["currency"]
        intent = self.example("payment_intent", id=f"pi_{session['id']}", metadata=session["metadata"])
        return intent | {"amount": amount, "amount_received": amount, "currency": currency, **changes}

    def charge(self, session: dict[str, Any], **changes: Any) -> dict[str, Any]:
        charge = self.example("charge", amount=session["amount_total"], currency=session["currency"], captured=True)
        return charge | {"payment_intent": f"pi_{session['id']}", "metadata": session["metadata"], **changes}

    def dispute(self, session: dict[str, Any], **changes: Any) -> dict[str, Any]:
        details = {"due_by": 1900000000, "has_evidence": False, "past_due": False, "submission_count": 0}
        amount, currency = session["amount_total"], session["currency"]
        known = {"amount": amount, "currency": currency, "payment_intent": f"pi_{session['id']}"}
        dispute = self.example("dispute", id=f"dp_{session['id']}", evidence_details=details, **known)
        return dispute | {"status": "needs_response", "reason": "fraudulent", **changes}

    def dashboard_refund(self, session: dict[str, Any], number: int, **changes: Any) -> dict[str, Any]:
        """Made by somebody at Stripe, not by us."""
        intent, currency = f"pi_{session['id']}", session["currency"]
        refund = self.example("refund", id=f"re_dash_{number}", currency=currency, payment_intent=intent, metadata={})
        self.refunds[refund["id"]] = refund | {"status": "succeeded", **changes}
        return self.refunds[refund["id"]]

    def event(self, kind: str, thing: dict[str, Any], event_id: str = "", at: int = 1_800_000_000) -> bytes:
        """The raw body of a webhook call."""
        event_id = event_id or f"evt_{hashlib.sha256((kind + json.dumps(thing)).encode()).hexdigest()[:24]}"
        event = self.example("event", id=event_id, type=kind, created=at, data={"object": thing})
        return json.dumps(event).encode()


def error(kind: str, message: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message}}


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """The Stripe-Signature header: t=…,v1=HMAC-SHA256(secret, "t.body")."""
    at = at or int(time.time())
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def handler_for(stripe: StripeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self.reply(dict(parse_qsl(body)))

        def reply(self, form: dict[str, str]) -> None:
            path = self.path.split("?")[0]
            status, answer = stripe.answer(self.command, path, form, self.headers.get("Idempotency-Key", ""))
            body = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # The caller has hung up.

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
