from django.urls import reverse


def test_what_was_written_is_given_back_after_sign_in(signed_in, client, cast):
    address = reverse("organizations_desk:create_unit")
    sent = client.post(address, {"name": "Khu phố Mới", "cite": "on", "decision-number": "7/QĐ-UBND"})
    assert sent.status_code == 302
    back = signed_in(cast.admin).get(address).content.decode()
    assert "Khu phố Mới" in back
    assert "7/QĐ-UBND" in back
