"""Lists of recipients from files of any size: uploaded, looked at, mapped, and taken in as a long job."""
